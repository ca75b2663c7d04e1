/** Other systems that act for an organisation, by SMART Backend Services. */
package org.consilium.platform.program;
