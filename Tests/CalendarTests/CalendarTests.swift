// Specifications of Calendar.
