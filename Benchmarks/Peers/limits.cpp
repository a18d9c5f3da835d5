// What no matcher can pass: reading the text once, and copying it.
//
//   limits
//   text PATH | read | copy        as in Sources/BenchmarkRunner/Session.swift
#include <time.h>

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

namespace {

long long processor_time() {
  timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

}  // namespace

int main() {
  std::puts("{}");
  std::fflush(stdout);
  std::vector<uint64_t> text, copy;
  for (std::string line; std::getline(std::cin, line);) {
    const long long start = processor_time();
    if (line.rfind("text ", 0) == 0) {
      std::ifstream file(line.substr(5), std::ios::binary);
      const std::string bytes{std::istreambuf_iterator<char>(file), {}};
      text.assign(bytes.size() / 8, 0);
      copy.assign(bytes.size() / 8, 0);
      std::memcpy(text.data(), bytes.data(), text.size() * 8);
      std::printf("{\"bytes\": %zu}\n", bytes.size());
    } else if (line == "read") {
      uint64_t sums[8] = {};
      for (size_t index = 0; index + 8 <= text.size(); index += 8)
        for (size_t lane = 0; lane < 8; ++lane) sums[lane] ^= text[index + lane];
      uint64_t sum = 0;
      for (uint64_t lane : sums) sum ^= lane;
      std::printf("{\"ns\": %lld, \"count\": %d}\n", processor_time() - start, sum != 0);
    } else if (line == "copy") {
      std::memcpy(copy.data(), text.data(), text.size() * 8);
      const long long elapsed = processor_time() - start;
      std::printf("{\"ns\": %lld, \"count\": %d}\n", elapsed, copy == text);
    }
    std::fflush(stdout);
  }
}
