/** The consult: its life, its clock, its history, and what each role may see of it. */
package org.consilium.scheduling.consult;
