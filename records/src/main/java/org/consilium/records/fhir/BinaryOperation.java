package org.consilium.records.fhir;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.FacadeCall;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.AttachmentId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.NoteId;
import org.consilium.platform.identity.Caller;
import org.consilium.platform.identity.Role;
import org.consilium.records.attachment.Part;
import org.consilium.records.attachment.serve.FileService;
import org.consilium.records.letter.LetterService;

/**
 * The bytes behind a DocumentReference, by the rules of the product: a letter is made when asked
 * for, and a file is handed out where the product hands it out (with ranges), or in JSON while it
 * is small.
 */
final class BinaryOperation implements Operation {
  private static final int WHOLE_BYTES_MAX = 5_000_000;
  private static final Set<Role> PRINTERS =
      Set.of(Role.CLINICIAN, Role.SPECIALIST, Role.SCHEDULER, Role.SUPERVISOR);

  private static final String FILE = "/api/v1/consults/%s/attachments/%s/files/%s";

  private final DocumentReferenceType documents;
  private final FileService files;
  private final LetterService letters;
  private final Optional<URI> publicUrl;

  BinaryOperation(
      DocumentReferenceType documents,
      FileService files,
      LetterService letters,
      Optional<URI> publicUrl) {
    this.documents = documents;
    this.files = files;
    this.letters = letters;
    this.publicUrl = publicUrl;
  }

  /** What one part of a file is called. */
  static ResourceId id(UUID attachment, Part part) {
    return new ResourceId(attachment, part.ordinal() + 1);
  }

  @Override
  public List<String> address() {
    return List.of("Binary", ID);
  }

  @Override
  public Optional<String> definition() {
    return Optional.empty();
  }

  @Override
  public boolean isJsonOnly() {
    return false;
  }

  @Override
  public Answer answer(FacadeCall call) {
    documents.admit(call.tx().caller());
    var id = ResourceId.parse(call.path().get(1)).orElseThrow(BinaryOperation::unknown);
    var document =
        documents.statement(call.tx()).and("d.id = ?", id.key()).rows(call.tx()).stream()
            .filter(row -> row.getBoolean("letter") == (id.part() == 0))
            .findFirst()
            .orElseThrow(BinaryOperation::unknown);
    var consult = new ConsultId(document.getUUID("consult_id"));
    return id.part() == 0 ? letter(call, consult, id) : file(call, consult, id);
  }

  private Answer letter(FacadeCall call, ConsultId consult, ResourceId id) {
    requirePrinter(call.tx().caller());
    var home = publicUrl.orElseGet(() -> host(call.url()));
    var pdf = letters.ofNote(call.tx(), consult, new NoteId(id.key()), Optional.empty(), home);
    return wantsJson(call)
        ? json(id, "application/pdf", pdf)
        : Answer.ok(new Answer.Raw("application/pdf", pdf)).withHeader("Cache-Control", "no-store");
  }

  /** As printNote has it; programs have been admitted by their scopes. */
  private static void requirePrinter(Caller caller) {
    if (caller.role() != Role.PROGRAM && !PRINTERS.contains(caller.role())) {
      throw new Refusal(403, "not-for-your-role", "Letters are not for your role to print.");
    }
  }

  private static URI host(String url) {
    return URI.create(url.substring(0, url.length() - FhirFacade.BASE.length()));
  }

  private Answer file(FacadeCall call, ConsultId consult, ResourceId id) {
    if (id.part() > Part.values().length) {
      throw unknown();
    }
    var part = Part.values()[id.part() - 1];
    // A program has no session with which it could follow.
    if (!wantsJson(call) && call.scopes().isEmpty()) {
      return new Answer(
          307, null, Map.of("Location", FILE.formatted(consult, id.key(), part.wire())));
    }
    var whole =
        files
            .whole(call.tx(), consult, new AttachmentId(id.key()), part, WHOLE_BYTES_MAX)
            .orElseThrow(() ->
                new Refusal(
                    406,
                    "too-large",
                    "This file has more than %d bytes: a person fetches it with Accept: */*, in parts."
                        .formatted(WHOLE_BYTES_MAX)));
    return wantsJson(call)
        ? json(id, whole.type(), whole.bytes())
        : Answer.ok(new Answer.Raw(whole.type(), whole.bytes()))
            .withHeader("Cache-Control", "no-store");
  }

  private static Answer json(ResourceId id, String type, byte[] bytes) {
    ObjectNode binary = Fhir.resource("Binary").put("id", id.toString()).put("contentType", type);
    binary.set("securityContext", Fhir.reference("DocumentReference", id.key()));
    return Answer.ok(Fhir.raw(binary.put("data", Base64.getEncoder().encodeToString(bytes))));
  }

  /** Bytes are given as they are, unless FHIR's own format is asked for. */
  private static boolean wantsJson(FacadeCall call) {
    return call.header("Accept")
        .filter(types -> types.toLowerCase(Locale.ROOT).contains("json"))
        .isPresent();
  }

  private static Refusal unknown() {
    return Refusal.notFound("resource-not-found", "There is no such Binary for you.");
  }
}
