// Specifications of EmbeddedPostgres.
