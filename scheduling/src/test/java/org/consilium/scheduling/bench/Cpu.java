package org.consilium.scheduling.bench;

import java.lang.management.ManagementFactory;

/** What this thread used of the processor; the machine may be shared. */
final class Cpu {
  private Cpu() {}

  static long nanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  static double seconds() {
    return nanos() / 1e9;
  }
}
