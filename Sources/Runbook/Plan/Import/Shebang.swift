/// The first line of a script: which shell it is for.
enum Shebang {
  /// The language of its blocks, and what its options say as a command.
  static func read(_ bytes: [UInt8]) throws(NoteProblem) -> (language: String, flags: String?) {
    let line = bytes.prefix { $0 != 10 }
    guard line.starts(with: "#!".utf8) else { return ("bash", nil) }
    let words = String(decoding: line.dropFirst(2), as: UTF8.self).split(separator: " ").map(
      String.init)
    var rest = words[...]
    var program = rest.popFirst()?.split(separator: "/").last.map(String.init) ?? ""
    if program == "env" {
      while rest.first?.hasPrefix("-") == true { rest.removeFirst() }
      program = rest.popFirst()?.split(separator: "/").last.map(String.init) ?? ""
    }
    let languages = ["sh": "sh", "dash": "sh", "ash": "sh", "bash": "bash"]
    guard let language = languages[program] else {
      throw NoteProblem(
        "“\(program)” is no shell that can be parted into steps",
        at: line.startIndex..<line.endIndex,
        fix: "only scripts for sh and bash can; call the script in a block instead")
    }
    let options = rest.filter {
      $0.hasPrefix("-") || $0.hasPrefix("+") || rest.contains("-o") || $0 == "pipefail"
    }
    return (language, options.isEmpty ? nil : "set \(options.joined(separator: " "))")
  }
}
