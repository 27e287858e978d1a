extension Plan {
  /// What programs are started with that help a run and are no blocks of it, such as git, ssh and a notification: the
  /// login environment without the plan's secrets, and without parameters that hold one.
  ///
  ///     plan.helperEnvironment(["PATH": "/bin", "TOKEN": "s3cret"], mask)  // ["PATH": "/bin"]
  public func helperEnvironment(
    _ environment: [String: String], _ mask: SecretMask
  ) -> [String: String] {
    let hidden = parameters.filter { parameter in
      parameter.isSecret || environment[parameter.name].map { mask.mask($0) != $0 } ?? false
    }
    return environment.filter { name, _ in !hidden.contains { $0.name == name } }
  }
}
