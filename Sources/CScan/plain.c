// How runs are read on any machine, and which kernel reads them.
#include "reader.h"
#include "kernels.h"

// Characters of three bytes that are no letters or digits, which are symbols and no more whatever
// stands around them; `place` stays at or below `last`.
static void read_han(const text *t, reader *r, kw_history *h, uint32_t last) {
  const uint8_t *const bytes = t->bytes;
  size_t at = r->at;
  if (t->count < 4) return;
  const size_t end = t->count - 3;
  uint32_t place = r->place;
  while (at < end && place < last) {
    uint32_t w;
    memcpy(&w, bytes + at, 4);
    w = __builtin_bswap32(w);
    const uint32_t value = (w >> 12 & 0xF000) | (w >> 10 & 0xFC0) | (w >> 8 & 0x3F);
    if ((w & 0xF0C0C000) != 0xE0808000 || value - KW_DIRECT >= KW_DIRECT_END - KW_DIRECT) break;
    const uint32_t entry = t->direct[value - KW_DIRECT];
    if (entry & 0x6F0000) break;
    place += 1;
    h->entries[place] = entry | 3 << 24;
    h->starts[place] = r->base + (uint32_t)at;
    at += 3;
  }
  if (place == r->place) return;
  r->trait = trait_of(h->entries[place]);
  r->has_last = true;
  r->at = at;
  r->place = place;
}

// ASCII letters and digits, and single spaces between words of two letters or more.
static void read_words(const text *t, reader *r, kw_history *h, uint32_t first, uint32_t last) {
  const uint32_t *const page = t->pages + ((size_t)t->page_index[0] << 8);
  const uint8_t *const bytes = t->bytes;
  size_t at = r->at;
  if (t->count < 3 || !r->has_last || r->trait < 2) return;
  const size_t end = t->count - 2;
  uint32_t place = r->place;
  while (at < end && place < last) {
    const uint32_t a = bytes[at];
    if (a >= 0x80) break;
    const uint32_t entry = page[a];
    if (a == ' ') {
      const uint32_t b = bytes[at + 1], c = bytes[at + 2];
      // It is read with what follows it.
      if (place + 1 == last || (b | c) >= 0x80 || kind_of(page[b] | page[c]) != KW_KIND_SYMBOL ||
          trait_of(page[b]) < 2 || trait_of(page[c]) < 2)
        break;
      r->literal |= 1ull << (63 - (place - first));
    } else if (kind_of(entry) != KW_KIND_SYMBOL || trait_of(entry) < 2) {
      break;
    }
    place += 1;
    h->entries[place] = a == ' ' ? KW_NUMBER_SPACE : entry | 1 << 24;
    h->starts[place] = r->base + (uint32_t)at;
    at += 1;
  }
  if (place == r->place) return;
  r->trait = trait_of(h->entries[place]);
  r->at = at;
  r->place = place;
}

// Reads on as long as everything is plain.
static void read_on(const text *t, reader *r, kw_history *h, uint32_t first, uint32_t last,
                    kw_plain_run *run) {
  run->end = KW_RUN_OPEN;
  do {
    read_han(t, r, h, last);
    read_words(t, r, h, first, last);
    if (r->place >= last) {
      run->end = KW_RUN_FULL;
      return;
    }
  } while (!is_at_end(t, r) && read_next(t, r, h, first, run));
}

static answers ask(const kw_symbols *s, const uint32_t *recent, const uint32_t *entries,
                   uint32_t count) {
  answers a = {0, 0, 0, 0};
  uint32_t last = number_of(recent[0]), before = recent[0];
  uint32_t product = pair_product(number_of(recent[1]), last);
  for (uint32_t i = 0; i < count; i += 1) {
    const uint32_t entry = entries[i], symbol = number_of(entry);
    const uint32_t triple = triple_product(product, symbol) >> s->triple_shift;
    product = pair_product(last, symbol);
    const uint32_t pair = product >> s->pair_shift;
    const uint32_t field = s->pairs[pair >> 2] >> (pair & 3) * 2;
    a.leading |= (uint64_t)(field & 1) << i;
    a.ending |= (uint64_t)((field >> 1 | entry >> 23) & 1) << i;
    a.going |= (uint64_t)(s->triples[triple >> 3] >> (triple & 7) & 1) << i;
    a.touching |= (uint64_t)((entry & before) >> 21 & 1) << i;
    last = symbol;
    before = entry;
  }
  return a;
}

void kw_portable_run(const kw_symbols *symbols, const uint8_t *bytes, size_t count, size_t at,
                     uint64_t base, kw_history *history, kw_plain_run *run) {
  const text t = text_of(symbols, bytes, count);
  const uint32_t first = run->place;
  reader r = reader_of(run, at, base);
  read_on(&t, &r, history, first, first + run->limit, run);
  end_run(&r, first, run);
  if (run->count > 0)
    judge(ask(symbols, run->recent, history->entries + first + 1, run->count), symbols, history,
          first, run);
}

void kw_prefetch_history(const kw_history *history, uint32_t place) {
  // Two symbols back, and as many ahead as a short chunk may have.
  const uint32_t first = place - (place < 2 ? place : 2), last = first + 15;
  __builtin_prefetch(history->entries + first, 1);
  __builtin_prefetch(history->entries + last, 1);
  __builtin_prefetch(history->starts + first, 1);
  __builtin_prefetch(history->starts + last, 1);
}

uint32_t kw_make_room(kw_history *history, uint32_t place) {
  const uint32_t from = place + 1 - KW_BACK;
  memmove(history->entries, history->entries + from, KW_BACK * sizeof(uint32_t));
  memmove(history->starts, history->starts + from, KW_BACK * sizeof(uint32_t));
  return KW_BACK - 1;
}
