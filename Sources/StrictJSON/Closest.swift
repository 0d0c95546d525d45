/// The candidate that someone who wrote `name` most likely meant, or nil if none is near.
///
/// Near is an optimal string alignment distance (letters changed, added, dropped or two neighbours
/// swapped) of at most a third of the length, and at most three; letter case costs nothing. Failing
/// that, the only candidate that begins with the name, if that has three letters or more. Of equally
/// near candidates the first is taken.
///
/// - Parameters:
///   - name: what was written.
///   - candidates: what could have been meant.
/// - Returns: one of the candidates, as given.
public func closest(to name: String, among candidates: some Sequence<String>) -> String? {
  let wanted = Array(name.lowercased().unicodeScalars)
  var best: (candidate: String, distance: Int)?
  var completions: [String] = []
  for candidate in candidates {
    let letters = Array(candidate.lowercased().unicodeScalars)
    let limit = min(3, max(1, max(wanted.count, letters.count) / 3))
    if abs(letters.count - wanted.count) <= limit {
      let distance = alignmentDistance(wanted, letters)
      if distance <= limit, distance < max(wanted.count, letters.count),
        distance < best?.distance ?? .max
      {
        best = (candidate, distance)
      }
    }
    if wanted.count >= 3, letters.starts(with: wanted) {
      completions.append(candidate)
    }
  }
  return best?.candidate ?? (completions.count == 1 ? completions.first : nil)
}

private func alignmentDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...right.count)
  for (row, letter) in left.enumerated() {
    var current = [row + 1]
    for (column, other) in right.enumerated() {
      var cost = min(
        last[column] + (letter == other ? 0 : 1), last[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
        cost = min(cost, beforeLast[column - 1] + 1)
      }
      current.append(cost)
    }
    beforeLast = last
    last = current
  }
  return last[right.count]
}
