package org.consilium.records.fhir;

import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Reads a DocumentReference of FHIR as a file of a consult, with its bytes inline. */
final class DocumentWriting {
  /** What a file may be, by the product's contract; anything else is an other. */
  private static final Set<String> KINDS =
      Set.of("photo", "ecg", "x-ray", "ultrasound", "scan", "document", "sound", "video");

  private static final String OTHER = "other";

  private final Write write;
  private final Given given;
  private final Given file;

  DocumentWriting(Write write, Given given) {
    this.write = write;
    this.given = given;
    this.file = given.at("content").at("attachment");
  }

  /** The request that the file belongs to. */
  UUID consult() {
    var related = given.at("context").at("related");
    var consult =
        write.reference(
            related, "ServiceRequest", "Say in context.related which request this belongs to.");
    var patient = write.reference(given.at("subject"), "Patient", "");
    write.mustBeCaller(given.at("author"));
    if (!given.says("status", "current")) {
      write.fault(given.at("status"), "A new document is current.");
    }
    if (!file.at("data").isThere()) {
      write.fault(
          file.at("data"), "Send the bytes as data; what is larger than 190 kB comes by tus.");
    }
    if (given.all("content").count() > 1) {
      write.fault("DocumentReference.content[1]", "Send each file as a document of its own.");
    }
    write.check();
    write.mustBeOf(consult.orElseThrow(), patient, given.at("subject"));
    return consult.get();
  }

  /** What the file shows, for the operation that adds one. */
  Command command(UUID id) {
    var command = new Command();
    command.body().put("id", id.toString());
    var type = given.at("type");
    var kind = Optional.of(type.peek().path("text").asText()).filter(KINDS::contains);
    kind.ifPresent(_ -> type.at("text").keep());
    command.put("/details/kind", kind.orElse(OTHER), type);
    var title = file.at("title");
    command.put("/details/title", title.text().orElse("Document"), title);
    command.put("/details/caption", given.at("description"));
    var creation = file.at("creation");
    Moment.of(creation).ifPresent(at -> command.put("/details/takenAt", at.toString(), creation));
    return command;
  }

  /** The bytes tell what they are, whatever type was named. */
  byte[] bytes() {
    file.at("contentType").keep();
    var text = file.text("data").orElseThrow();
    return Base64.getDecoder().decode(text.replaceAll("\\s", ""));
  }
}
