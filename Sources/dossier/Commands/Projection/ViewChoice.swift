import ArgumentParser
import StrictJSON
import Views

/// Which views a command is about.
struct ViewChoice: ParsableArguments {
  @Argument(help: "The views, such as claim_view.") var views: [String] = []

  /// The views named; all of them when none is.
  func projections() throws -> [any Projection.Type] {
    guard !views.isEmpty else { return Projections.all }
    return try views.map { name in
      if let found = Projections.all.first(where: { [name, "\(name)_view"].contains($0.name) }) {
        return found
      }
      let names = Projections.all.map { $0.name }
      let hint =
        closest(to: name, among: names).map { "Did you mean \"\($0)\"?" }
        ?? "There are: \(names.joined(separator: ", "))"
      throw Failure(.notFound, "there is no view \"\(name)\". \(hint)")
    }
  }
}
