// Carries the SQL files beside it.
