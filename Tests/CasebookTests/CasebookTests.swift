// Specifications of Casebook.
