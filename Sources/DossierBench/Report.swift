import ArgumentParser
import StrictJSON
import Terminal

/// How results are written.
enum ReportFormat: String, CaseIterable, ExpressibleByArgument {
  case table, json
}

/// All measurements of a run.
struct Report {
  private var measurements: [Measurement] = []

  /// Adds results.
  mutating func add(_ more: [Measurement]) { measurements += more }

  /// Whether every ratio is good enough.
  var allTargetsAreMet: Bool { measurements.allSatisfy(\.isOnTarget) }

  /// The results for people or for programs, ending with a line break.
  func text(_ format: ReportFormat) -> String {
    switch format {
    case .table: table
    case .json: json.prettyText + "\n"
    }
  }

  private var json: JSON {
    ["benchmarks": .array(measurements.map(\.json))]
  }

  private var table: String {
    var table = Table([
      .init("benchmark", wraps: true), .init("dossier", alignment: .right),
      .init("baseline", alignment: .right), .init("unit"), .init("ratio", alignment: .right),
      .init("target", alignment: .right), .init(""),
    ])
    for one in measurements {
      table.addRow(([one.name] + one.figures).map { StyledText($0) })
    }
    var page = Page(width: 120)
    page.add(table)
    return page.rendered(inColor: false)
  }
}

extension Measurement {
  /// The result in one line, for whoever waits for the others.
  var line: String { "  \(name): \(figures.joined(separator: "  "))" }

  /// Everything but the name, as the table's columns have it.
  fileprivate var figures: [String] {
    [
      value.rounded(toPlaces: 2), baseline.rounded(toPlaces: 2), unit, ratio.rounded(toPlaces: 2),
      target?.text ?? "–", target == nil ? "" : isOnTarget ? "met" : "MISSED",
    ]
  }

  fileprivate var json: JSON {
    [
      "name": .string(name),
      "value": .number(value.rounded(toPlaces: 3)),
      "baseline": .number(baseline.rounded(toPlaces: 3)),
      "ratio": .number(ratio.rounded(toPlaces: 3)),
      "target": target.map { .number($0.bound.rounded(toPlaces: 2)) } ?? .null,
      "unit": .string(unit),
    ]
  }
}

extension Measurement.Target {
  fileprivate var text: String {
    switch self {
    case .atLeast(let bound): "≥ \(bound.rounded(toPlaces: 2))"
    case .atMost(let bound): "≤ \(bound.rounded(toPlaces: 2))"
    }
  }
}

extension Double {
  /// The number as a decimal with so many digits after the point.
  fileprivate func rounded(toPlaces places: Int) -> String {
    var scale = 1
    for _ in 0..<places { scale *= 10 }
    let scaled = Int((self * Double(scale)).rounded())
    let fraction = String(scaled % scale)
    return "\(scaled / scale)." + String(repeating: "0", count: places - fraction.count) + fraction
  }
}
