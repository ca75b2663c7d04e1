package org.consilium.records.fhir;

/**
 * Rows that other modules keep and that are told here: each a SELECT over their own tables, whose
 * columns the types name. They run as the caller, under row security; deploy fills them.
 *
 * @param consults how far each is, one row a consult
 * @param appointments booked times with those who take part
 * @param volunteers who helps, by account
 * @param onCall when they are on call
 * @param rotas who is on call for a field in a language
 * @param calls each attempt to call, with those who came
 */
public record KeptElsewhere(
    String consults,
    String appointments,
    String volunteers,
    String onCall,
    String rotas,
    String calls) {}
