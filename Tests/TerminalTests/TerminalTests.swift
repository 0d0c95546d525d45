// Specifications of Terminal.
