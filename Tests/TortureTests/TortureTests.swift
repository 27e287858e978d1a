import Testing

@Suite struct TortureTests {}
