package org.consilium.records.form;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What kind of thing an item is, by FHIR's names. */
public enum ItemType {
  @JsonProperty("group")
  GROUP,
  @JsonProperty("display")
  DISPLAY,
  @JsonProperty("boolean")
  BOOLEAN,
  @JsonProperty("integer")
  INTEGER,
  @JsonProperty("decimal")
  DECIMAL,
  @JsonProperty("quantity")
  QUANTITY,
  @JsonProperty("date")
  DATE,
  @JsonProperty("dateTime")
  DATE_TIME,
  @JsonProperty("time")
  TIME,
  @JsonProperty("string")
  STRING,
  @JsonProperty("text")
  TEXT,
  @JsonProperty("choice")
  CHOICE,
  @JsonProperty("open-choice")
  OPEN_CHOICE,
  @JsonProperty("attachment")
  ATTACHMENT;

  /** Whether it is answered at all. */
  boolean isQuestion() {
    return this != GROUP && this != DISPLAY;
  }

  boolean isNumber() {
    return this == INTEGER || this == DECIMAL || this == QUANTITY;
  }

  boolean isMoment() {
    return this == DATE || this == DATE_TIME;
  }

  boolean isWritten() {
    return this == STRING || this == TEXT;
  }

  boolean isChosen() {
    return this == CHOICE || this == OPEN_CHOICE;
  }
}
