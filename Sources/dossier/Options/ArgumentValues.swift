public import ArgumentParser
public import Calendar
public import Casebook
public import Terminal

// Values of other modules that are written on the command line as they are named.
extension CalendarSystem: ExpressibleByArgument {}
extension CaseKind: ExpressibleByArgument {}
extension CorrectionKind: ExpressibleByArgument {}
extension CitationContent.Role: ExpressibleByArgument {}
extension Motivation: ExpressibleByArgument {}
extension SourceCopy.Kind: ExpressibleByArgument {}
extension SourceGrade: ExpressibleByArgument {}
extension Confidence: ExpressibleByArgument {}
extension Likelihood: ExpressibleByArgument {
  /// Takes the standard's words, with spaces or hyphens.
  public init?(argument: String) { self.init(words: argument) }
}
extension ValueType: ExpressibleByArgument {}
extension Predicate.Cardinality: ExpressibleByArgument {}
extension Predicate.Comparison: ExpressibleByArgument {}
extension TabulationContent.Bound: ExpressibleByArgument {}
extension MemberAccess: ExpressibleByArgument {}
extension ColorChoice: ExpressibleByArgument {}
