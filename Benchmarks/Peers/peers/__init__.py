"""The comparison with peers; Benchmarks/README.md describes the method."""
