/// Where a step stands among the others.
struct StepPlace {
  /// `1.2`: the second child of the first step.
  let number: String
  /// Index among the steps.
  let parent: Int?
  let depth: Int
}
