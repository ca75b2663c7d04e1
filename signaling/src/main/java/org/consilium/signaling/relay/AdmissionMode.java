package org.consilium.signaling.relay;

/** How a person comes into a call. */
public enum AdmissionMode {
  /** Enters at once. */
  DIRECT,
  /** Sees nothing of the call until a host admits them. */
  WAITS
}
