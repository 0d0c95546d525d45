// Specifications of EventLog.
