// Hyperscan or Vectorscan as a peer: asked over standard input, one line of JSON an answer.
//
//   hyperscan LITERALS
//   text PATH | scan | stream SIZE | build        as in Sources/BenchmarkRunner/Session.swift
#include <hs.h>
#include <malloc.h>
#include <time.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

namespace {

/// Processor time of this process, in nanoseconds.
long long processor_time() {
  timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

long long resident_bytes() {
  malloc_trim(0);
  long long size = 0, resident = 0;
  std::ifstream("/proc/self/statm") >> size >> resident;
  return resident * sysconf(_SC_PAGESIZE);
}

std::string contents(const std::string &path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

hs_database_t *compile(const std::vector<std::string> &literals, unsigned mode) {
  std::vector<const char *> expressions;
  std::vector<unsigned> flags(literals.size(), 0), ids;
  std::vector<size_t> lengths;
  for (const auto &literal : literals) {
    ids.push_back(static_cast<unsigned>(ids.size()));
    expressions.push_back(literal.data());
    lengths.push_back(literal.size());
  }
  hs_database_t *database = nullptr;
  hs_compile_error_t *error = nullptr;
  if (hs_compile_lit_multi(expressions.data(), flags.data(), ids.data(), lengths.data(),
                           static_cast<unsigned>(literals.size()), mode, nullptr, &database,
                           &error) != HS_SUCCESS) {
    std::fprintf(stderr, "%s\n", error->message);
    std::exit(1);
  }
  return database;
}

int count_match(unsigned, unsigned long long, unsigned long long, unsigned, void *count) {
  ++*static_cast<long long *>(count);
  return 0;
}

}  // namespace

int main(int, char **arguments) {
  std::vector<std::string> literals;
  std::ifstream file(arguments[1]);
  for (std::string line; std::getline(file, line);) literals.push_back(line);

  const long long before = resident_bytes();
  long long start = processor_time();
  hs_database_t *block = compile(literals, HS_MODE_BLOCK);
  const long long built = processor_time() - start;
  size_t size = 0;
  hs_database_size(block, &size);
  std::printf("{\"build_ns\": %lld, \"rss_bytes\": %lld, \"own_bytes\": %zu}\n", built,
              resident_bytes() - before, size);
  std::fflush(stdout);

  hs_database_t *streaming = nullptr;
  hs_scratch_t *scratch = nullptr;
  hs_alloc_scratch(block, &scratch);
  std::string text;
  for (std::string line; std::getline(std::cin, line);) {
    std::istringstream words(line);
    std::string command;
    words >> command;
    long long count = 0;
    if (command == "text") {
      words >> std::ws;
      std::string path;
      std::getline(words, path);
      text = contents(path);
      std::printf("{\"bytes\": %zu}\n", text.size());
    } else if (command == "scan") {
      start = processor_time();
      hs_scan(block, text.data(), static_cast<unsigned>(text.size()), 0, scratch, count_match,
              &count);
      std::printf("{\"ns\": %lld, \"count\": %lld}\n", processor_time() - start, count);
    } else if (command == "stream") {
      size_t chunk = 0;
      words >> chunk;
      if (!streaming) {
        streaming = compile(literals, HS_MODE_STREAM);
        hs_alloc_scratch(streaming, &scratch);
      }
      hs_stream_t *stream = nullptr;
      hs_open_stream(streaming, 0, &stream);
      start = processor_time();
      for (size_t at = 0; at < text.size(); at += chunk) {
        const size_t length = std::min(chunk, text.size() - at);
        hs_scan_stream(stream, text.data() + at, static_cast<unsigned>(length), 0, scratch,
                       count_match, &count);
      }
      hs_close_stream(stream, scratch, count_match, &count);
      std::printf("{\"ns\": %lld, \"count\": %lld, \"chunks\": %zu}\n", processor_time() - start,
                  count, (text.size() + chunk - 1) / chunk);
    } else if (command == "build") {
      start = processor_time();
      hs_database_t *again = compile(literals, HS_MODE_BLOCK);
      std::printf("{\"ns\": %lld, \"count\": %zu}\n", processor_time() - start, literals.size());
      hs_free_database(again);
    }
    std::fflush(stdout);
  }
}
