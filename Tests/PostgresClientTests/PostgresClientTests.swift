// Specifications of PostgresClient.
