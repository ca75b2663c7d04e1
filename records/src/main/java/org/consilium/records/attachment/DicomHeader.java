package org.consilium.records.attachment;

import java.time.LocalDate;
import java.util.Optional;

/**
 * What a DICOM object says of itself (PS3.3), without who the patient is.
 *
 * @param burnedIn whether the picture itself may show identifiers (0028,0301)
 * @param preview whether the server could make a picture of it
 */
public record DicomHeader(
    Optional<String> modality,
    Optional<String> bodyPart,
    Optional<String> study,
    Optional<String> series,
    Optional<LocalDate> takenOn,
    Optional<String> view,
    Optional<String> laterality,
    Optional<Integer> rows,
    Optional<Integer> columns,
    Optional<Integer> frames,
    boolean burnedIn,
    boolean preview) {}
