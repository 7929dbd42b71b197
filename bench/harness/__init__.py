"""What benchmarks and crash tests share: a real node in processes of its own, and persons who use it by HTTP."""
