/**
 * Forms as versioned data (a subset of the FHIR Questionnaire), and the engine that checks answers.
 */
package org.consilium.records.form;
