package org.consilium.platform.access;

import java.util.Set;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.PatientId;
import org.consilium.platform.id.SiteId;

/** That the caller may know of a consult, and as what. */
public record Standing(
    ConsultId consult,
    OrganisationId owner,
    PatientId patient,
    SiteId site,
    Set<Relation> relations) {

  public boolean is(Relation relation) {
    return relations.contains(relation);
  }

  /** Whether the caller works for the organisation that owns the patient. */
  public boolean isOwners() {
    return is(Relation.CLINIC) || is(Relation.COORDINATOR) || is(Relation.SUPERVISOR);
  }

  /** 403 when the caller is none of {@code any}: they may see the consult but not do this. */
  public void require(Relation... any) {
    for (var relation : any) {
      if (is(relation)) {
        return;
      }
    }
    throw new Refusal(403, "not-your-part", "This is not for your role in this consult to do.");
  }
}
