package org.consilium.deploy.turncheck;

import java.util.List;

/** Addresses that a relay must never reach, and some that it must. */
final class Peers {
  /** What stands for its network in the table. */
  record Peer(String address, String what) {
    IpAddress ip() {
      return IpAddress.parse(address);
    }
  }

  static final List<Peer> FORBIDDEN =
      List.of(
          new Peer("0.0.0.1", "this network"),
          new Peer("10.0.0.1", "private"),
          new Peer("10.255.255.254", "private"),
          new Peer("100.64.0.1", "carrier-grade NAT"),
          new Peer("100.127.255.254", "carrier-grade NAT"),
          new Peer("127.0.0.1", "loopback"),
          new Peer("127.200.0.1", "loopback"),
          new Peer("169.254.169.254", "link-local: cloud metadata"),
          new Peer("172.16.0.1", "private"),
          new Peer("172.31.255.254", "private"),
          new Peer("192.0.0.1", "protocol assignments"),
          new Peer("192.168.0.1", "private"),
          new Peer("192.168.255.254", "private"),
          new Peer("198.18.0.1", "benchmarking"),
          new Peer("224.0.0.1", "multicast"),
          new Peer("239.255.255.250", "multicast"),
          new Peer("240.0.0.1", "reserved"),
          new Peer("255.255.255.255", "broadcast"),
          new Peer("::1", "IPv6 loopback"),
          new Peer("::127.0.0.1", "IPv4 in IPv6, old form"),
          new Peer("::ffff:127.0.0.1", "IPv4-mapped loopback"),
          new Peer("::ffff:10.0.0.1", "IPv4-mapped private"),
          new Peer("::ffff:169.254.169.254", "IPv4-mapped metadata"),
          new Peer("64:ff9b::7f00:1", "NAT64 loopback"),
          new Peer("64:ff9b::a00:1", "NAT64 private"),
          new Peer("100::1", "discard"),
          new Peer("2001::1", "Teredo"),
          new Peer("2002:7f00:1::1", "6to4 loopback"),
          new Peer("fc00::1", "unique local"),
          new Peer("fd12:3456:789a::1", "unique local"),
          new Peer("fe80::1", "link-local"),
          new Peer("ff02::1", "multicast"));

  /** Ordinary ones, and the neighbours of the forbidden ranges. */
  static final List<Peer> PUBLIC =
      List.of(
          new Peer("1.1.1.1", "public"),
          new Peer("9.9.9.9", "public"),
          new Peer("11.0.0.1", "public, after 10/8"),
          new Peer("100.128.0.1", "public, after 100.64/10"),
          new Peer("172.32.0.1", "public, after 172.16/12"),
          new Peer("192.169.0.1", "public, after 192.168/16"),
          new Peer("223.255.255.254", "public, before multicast"));

  private Peers() {}
}
