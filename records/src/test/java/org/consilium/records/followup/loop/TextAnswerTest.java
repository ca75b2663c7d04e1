package org.consilium.records.followup.loop;

import static org.assertj.core.api.Assertions.assertThat;

import org.consilium.records.followup.FollowUp.AdviceFollowed;
import org.consilium.records.followup.FollowUp.Diagnosis;
import org.consilium.records.followup.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextAnswerTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "4821 1 2",
        "482112",
        " 4821-1-2 ",
        "4821,1,2.",
        "٤٨٢١ ١ ٢",
        "४८२१ १ २",
        "4821\n1\n2"
      })
  void digits_are_read_however_they_are_set_apart_and_in_any_script(String message) {
    var answer = TextAnswer.read(message).orElseThrow();
    assertThat(answer.code()).isEqualTo("4821");
    assertThat(answer.outcome().result()).isEqualTo(Result.BETTER);
    assertThat(answer.outcome().adviceFollowed()).isEqualTo(AdviceFollowed.PARTLY);
    assertThat(answer.outcome().reopens()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "she is fine",
        "4821",
        "4821 1",
        "4821 8 1",
        "4821 0 1",
        "4821 1 4",
        "482 1 2",
        "48211 2 3 4"
      })
  void what_is_not_an_answer_is_not_taken_for_one(String message) {
    assertThat(TextAnswer.read(message)).isEmpty();
  }

  @Test
  void words_may_follow_and_a_question_mark_asks() {
    var said = TextAnswer.read("4821 2 3 1 no drug here").orElseThrow().outcome();
    assertThat(said.diagnosis()).contains(Diagnosis.CONFIRMED);
    assertThat(said.text()).contains("no drug here");
    assertThat(said.question()).isEmpty();

    var asked = TextAnswer.read("4821 2 1 ? how long").orElseThrow();
    assertThat(asked.outcome().question()).contains("how long");
    var bare = TextAnswer.read("4821 2 1 ?").orElseThrow();
    assertThat(bare.outcome().question()).isEmpty();
    assertThat(bare.asking("They ask.").question()).contains("They ask.");
    assertThat(TextAnswer.read("4821 1 1 " + "x".repeat(1001))).isEmpty();
  }
}
