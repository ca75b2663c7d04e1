package org.consilium.scheduling.consult;

import java.time.Instant;
import org.consilium.platform.id.ConsultId;

/**
 * Where a consult stands and since when, for who keeps other things about it.
 *
 * @param status its wire name
 * @param version grows with every change
 */
public record ConsultChange(ConsultId consult, String status, int version, Instant changedAt) {}
