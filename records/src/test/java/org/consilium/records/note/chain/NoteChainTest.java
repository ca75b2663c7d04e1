package org.consilium.records.note.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.consilium.records.note.chain.NoteChain.Link;
import org.junit.jupiter.api.Test;

class NoteChainTest {
  @Test
  void the_first_hash_is_the_plain_sha256() {
    assertThat(HexFormat.of().formatHex(NoteChain.hash(Optional.empty(), bytes("abc"))))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void a_whole_chain_holds() {
    assertThat(NoteChain.firstBroken(chain("a", "b", "c"))).isEmpty();
    assertThat(NoteChain.firstBroken(List.of())).isEmpty();
  }

  @Test
  void a_changed_note_is_named() {
    var links = chain("a", "b", "c");
    var second = links.get(1);
    links.set(1, new Link(bytes("B"), second.previousSha256(), second.sha256()));
    assertThat(NoteChain.firstBroken(links)).contains(1);
  }

  @Test
  void a_changed_note_with_a_new_hash_breaks_the_next() {
    var links = chain("a", "b", "c");
    var previous = links.get(1).previousSha256();
    links.set(1, new Link(bytes("B"), previous, NoteChain.hash(previous, bytes("B"))));
    assertThat(NoteChain.firstBroken(links)).contains(2);
  }

  @Test
  void a_note_taken_out_is_noticed() {
    var links = chain("a", "b", "c");
    links.remove(1);
    assertThat(NoteChain.firstBroken(links)).contains(1);
    links = chain("a", "b");
    links.removeFirst();
    assertThat(NoteChain.firstBroken(links)).contains(0);
  }

  private static ArrayList<Link> chain(String... notes) {
    var links = new ArrayList<Link>();
    Optional<byte[]> previous = Optional.empty();
    for (var note : notes) {
      var hash = NoteChain.hash(previous, bytes(note));
      links.add(new Link(bytes(note), previous, hash));
      previous = Optional.of(hash);
    }
    return links;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
