/// Something for people in which a run's secrets stand as dots. Only a `SecretMask` makes one, so that what takes no
/// other (an event, and with it journal, record, note and every view) can't be given a text that nobody masked.
public struct Masked<Value: Maskable>: Sendable {
  public let value: Value

  fileprivate init(_ value: Value) { self.value = value }
}

/// What holds texts that may have a secret in them.
public protocol Maskable: Sendable {
  /// The same with each such text masked. What a run is carried on by, ids of steps and names of files and hosts, stays.
  func masked(by mask: SecretMask) -> Self
}

extension SecretMask {
  /// Where there is no secret.
  public static let none = SecretMask([])

  public func mask<Value: Maskable>(_ value: Value) -> Masked<Value> {
    Masked(isEmpty ? value : value.masked(by: self))
  }

  /// - Parameter values: of the run, by name; else those that the plan was made with count.
  public init(of plan: Plan, values: [String: String]) {
    self.init(plan.parameters.filter(\.isSecret).compactMap { values[$0.name] ?? $0.value })
  }
}

extension Array: Maskable where Element: Maskable {
  public func masked(by mask: SecretMask) -> [Element] { map { $0.masked(by: mask) } }
}

extension Diagnostic: Maskable {
  public func masked(by mask: SecretMask) -> Diagnostic {
    Diagnostic(
      severity, mask.mask(message), file: file, line: line, column: column, length: length,
      source: mask.mask(source), fix: fix.map { mask.mask($0) })
  }
}

extension Plan: Maskable {
  public func masked(by mask: SecretMask) -> Plan { showing { mask.mask($0) } }
}
