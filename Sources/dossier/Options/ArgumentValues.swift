public import ArgumentParser
public import Casebook
public import EventLog
public import Terminal

// Values of other modules that are written on the command line as they are named.
extension CaseKind: ExpressibleByArgument {}
extension CorrectionKind: ExpressibleByArgument {}
extension CitationContent.Role: ExpressibleByArgument {}
extension Motivation: ExpressibleByArgument {}
extension SourceCopy.Kind: ExpressibleByArgument {}
extension SourceGrade: ExpressibleByArgument {}
extension Access: ExpressibleByArgument {}
extension ColorChoice: ExpressibleByArgument {}
