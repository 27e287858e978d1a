/// The way from one folder to another.
public enum RelativePath {
  /// Both absolute, without links. Nil where they are one.
  public static func from(_ folder: String, to other: String) -> String? {
    let one = folder.split(separator: "/")
    let two = other.split(separator: "/")
    let common = zip(one, two).prefix { $0 == $1 }.count
    let parts = one.dropFirst(common).map { _ in ".." } + two.dropFirst(common).map(String.init)
    return parts.isEmpty ? nil : parts.joined(separator: "/")
  }
}
