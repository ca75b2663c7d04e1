package org.consilium.scheduling.planning;

import java.util.Arrays;

/**
 * The queue of Dijkstra's search: a binary heap of (distance, node) packed in one number each. A
 * node may be in it several times; the reader skips the outdated ones.
 */
final class DistanceQueue {
  private long[] heap = new long[1_024];
  private int size;

  void clear() {
    size = 0;
  }

  boolean isEmpty() {
    return size == 0;
  }

  void add(int distance, int node) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, 2 * size);
    }
    long entry = ((long) distance << 32) | node;
    int at = size++;
    while (at > 0) {
      int parent = (at - 1) >>> 1;
      if (heap[parent] <= entry) {
        break;
      }
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = entry;
  }

  int nearest() {
    return (int) (heap[0] >>> 32);
  }

  /** Takes out the nearest node. */
  int take() {
    int node = (int) heap[0];
    long moved = heap[--size];
    int at = 0;
    while (true) {
      int child = 2 * at + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size && heap[child + 1] < heap[child]) {
        child++;
      }
      if (heap[child] >= moved) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = moved;
    return node;
  }
}
