import CPlatform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// One connection to a host, with the program that runs over it. Standard output there is data; the lines on standard
/// error that begin with the program's word are news, the others are ssh's or the login's.
final class HostLink {
  let process: PipedProcess
  /// Lines of ssh itself, and of whatever the login prints.
  private(set) var noise: [String] = []
  private let word: [UInt8]
  private var pending: ArraySlice<UInt8>
  private var errorLine: [UInt8] = []
  /// What came before our program said that it begins: the login's.
  private var preamble: [UInt8]? = []
  private(set) var isOutputOver = false
  private var areErrorsOver = false

  init(
    _ words: [String], _ program: HostProgram, environment: [String: String],
    hasOwnSession: Bool
  ) throws(SystemError) {
    process = try PipedProcess(words, environment: environment, hasOwnSession: hasOwnSession)
    word = Array(program.word.utf8)
    pending = program.text[...]
  }

  static func drawWord() -> String {
    (0..<2).map { _ in String(UInt64.random(in: .min ... .max), radix: 36) }.joined()
  }

  /// What a person should see of it where it failed: some logins say it on standard output.
  var complaints: [String] { PlainText.lines(of: preamble ?? []).filter { !$0.isEmpty } + noise }

  /// Our program runs there.
  var hasBegun: Bool { preamble == nil }
  var isOver: Bool { isOutputOver && areErrorsOver && process.hasEnded }

  /// A line for the program; only once it has said that it listens, since a shell may read ahead.
  func send(_ line: String) { pending += Array("\(line)\n".utf8) }

  /// Nothing more will be said: the program there ends.
  func closeInput() {
    pending = []
    process.closeInput()
  }

  // MARK: Moving bytes

  var descriptors: [(descriptor: Int32, events: Int16)] {
    var list: [(Int32, Int16)] = []
    if !isOutputOver { list.append((process.output, Int16(POLLIN))) }
    if !areErrorsOver { list.append((process.errors, Int16(POLLIN))) }
    if !pending.isEmpty, process.input >= 0 { list.append((process.input, Int16(POLLOUT))) }
    return list
  }

  func wait(atMost seconds: Double) {
    var list = descriptors.map { pollfd(fd: $0.descriptor, events: $0.events, revents: 0) }
    poll(&list, nfds_t(list.count), Int32(seconds * 1000))
  }

  /// Moves what can be moved without waiting.
  ///
  /// - Returns: the data that came, and the news, each in its words.
  func pump(limit: Int = 1 << 20) -> (data: [UInt8], news: [[String]]) {
    write()
    var data: [UInt8] = []
    while !isOutputOver, data.count < limit {
      guard let chunk = Self.read(process.output) else { break }
      isOutputOver = chunk.isEmpty
      take(chunk, into: &data)
    }
    var news: [[String]] = []
    while !areErrorsOver, let chunk = Self.read(process.errors) {
      areErrorsOver = chunk.isEmpty
      take(chunk, into: &news)
    }
    return (data, news)
  }

  private func write() {
    while !pending.isEmpty, process.input >= 0 {
      let count = pending.withUnsafeBytes { Self.write(process.input, $0) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        // Gone; how it ended is told by its other ends.
        if errno != EAGAIN { closeInput() }
        return
      }
      pending = pending.dropFirst(count)
    }
  }

  private func take(_ chunk: [UInt8], into data: inout [UInt8]) {
    guard var before = preamble else {
      data += chunk
      return
    }
    before += chunk
    let mark = word + [UInt8(ascii: "\n")]
    if let start = Self.find(mark, in: before) {
      data += before[(start + mark.count)...]
      preamble = nil
    } else {
      // A login that prints for ever must not fill our memory.
      preamble = Array(before.suffix(64 << 10))
    }
  }

  private func take(_ chunk: [UInt8], into news: inout [[String]]) {
    for byte in chunk {
      guard byte == UInt8(ascii: "\n") else {
        if errorLine.count < 4096 { errorLine.append(byte) }
        continue
      }
      take(line: &news)
    }
    if areErrorsOver, !errorLine.isEmpty { take(line: &news) }
  }

  private func take(line news: inout [[String]]) {
    let text = String(decoding: errorLine, as: UTF8.self)
    if errorLine.starts(with: word), errorLine.count > word.count {
      news.append(text.dropFirst(word.count + 1).split(separator: " ").map(String.init))
    } else {
      let plain = PlainText.line(text)
      if !plain.isEmpty { noise = Array(noise.suffix(19)) + [plain] }
    }
    errorLine = []
  }

  private static func find(_ mark: [UInt8], in bytes: [UInt8]) -> Int? {
    guard bytes.count >= mark.count else { return nil }
    return (0...(bytes.count - mark.count)).first { bytes[$0...].starts(with: mark) }
  }

  /// Nil where nothing is there now; empty at the end.
  private static func read(_ descriptor: Int32) -> [UInt8]? {
    var isWaiting = false
    let bytes = [UInt8](unsafeUninitializedCapacity: 64 << 10) { buffer, count in
      repeat {
        #if canImport(Glibc)
          count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        #elseif canImport(Musl)
          count = Musl.read(descriptor, buffer.baseAddress, buffer.count)
        #else
          count = Darwin.read(descriptor, buffer.baseAddress, buffer.count)
        #endif
      } while count < 0 && errno == EINTR
      isWaiting = count < 0 && errno == EAGAIN
      count = max(0, count)
    }
    return isWaiting ? nil : bytes
  }

  private static func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
      Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    #elseif canImport(Musl)
      Musl.write(descriptor, bytes.baseAddress, bytes.count)
    #else
      Darwin.write(descriptor, bytes.baseAddress, bytes.count)
    #endif
  }
}
