/// What may be handed to ssh as a host.
enum HostName {
  /// ssh would read a leading hyphen as an option, and a name holds no white space.
  static func isValid(_ text: String) -> Bool {
    !text.isEmpty && !text.hasPrefix("-")
      && text.unicodeScalars.allSatisfy { $0.value > 0x20 && !(0x7F...0xA0).contains($0.value) }
  }
}
