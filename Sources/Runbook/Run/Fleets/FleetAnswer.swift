/// What our program on a host said, by way of Ansible.
struct FleetAnswer {
  let host: String
  /// Seconds.
  let took: Double
  /// Of the block: what came behind the program's word.
  let log: [UInt8]
  /// Lines of the program, each in its words.
  let words: [[String]]
  private let noise: [String]
  private let status: Int32

  init(
    host: String, word: String, status: Int32, took: Double, output: [UInt8], errors: [UInt8]
  ) {
    self.host = host
    self.took = took
    self.status = status
    log = Self.behind(Array("\(word)\n".utf8), in: output)
    let lines = errors.split(separator: UInt8(ascii: "\n")).map {
      String(decoding: $0, as: UTF8.self)
    }
    words = lines.filter { $0.hasPrefix("\(word) ") }.map {
      $0.dropFirst(word.count + 1).split(separator: " ").map(String.init)
    }
    noise = lines.filter { !$0.hasPrefix("\(word) ") }.map { PlainText.line($0) }.suffix(20)
  }

  private var news: HostNews {
    var news = HostNews()
    for line in words { news.take(line) }
    return news
  }

  /// What the block printed as its value.
  var value: [UInt8] { news.output }

  var verdict: HostVerdict {
    let news = news
    if var verdict = news.verdict(sent: Int64(log.count)) {
      verdict.pid = pid
      return verdict
    }
    guard let fault else { return HostVerdict(.unknown(.cut(host, ssh: "ssh \(host)"))) }
    var verdict = HostVerdict(mayHaveBegun ? .unknown(fault) : .unreachable(fault))
    verdict.pid = pid
    return verdict
  }

  private var pid: Int32? {
    words.first { $0.first == "started" && $0.count > 1 }.flatMap { Int32($0[1]) }
  }

  /// Why there is no end; nil where it is only a part that is missing.
  var fault: HostFault? {
    if let refused = words.first(where: { $0.first == "refused" }) {
      return .refused(host, Array(refused.dropFirst()))
    }
    return words.isEmpty ? .ofClient(host, ssh: "ssh \(host)", lines: noise, exit: status) : nil
  }

  /// What ssh itself says of a connection that it could not make is sure.
  private var mayHaveBegun: Bool {
    guard let fault, words.isEmpty else { return false }
    switch fault.kind {
    case .other, .cut: return status == 255
    default: return false
    }
  }

  private static func behind(_ mark: [UInt8], in bytes: [UInt8]) -> [UInt8] {
    guard bytes.count >= mark.count else { return [] }
    let start = (0...(bytes.count - mark.count)).first { bytes[$0...].starts(with: mark) }
    return start.map { Array(bytes[($0 + mark.count)...]) } ?? []
  }
}
