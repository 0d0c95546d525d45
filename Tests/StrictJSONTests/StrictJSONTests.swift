// Specifications of StrictJSON.
