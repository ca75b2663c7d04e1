package org.consilium.records.attachment;

import java.util.Optional;

/** Who a DICOM object says the patient is (group 0010); for the owning organisation alone. */
public record DicomIdentity(
    Optional<String> name,
    Optional<String> number,
    Optional<String> birthDate,
    Optional<String> sex) {}
