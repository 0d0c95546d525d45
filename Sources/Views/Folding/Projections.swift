/// All views.
public enum Projections {
  /// In the order in which they are listed.
  public static let all: [any Projection.Type] = [
    CaseView.self, ClaimView.self, CitationView.self, AnnotationView.self, SourceView.self,
    TimelineView.self, AuditView.self, SearchView.self,
  ]
}
