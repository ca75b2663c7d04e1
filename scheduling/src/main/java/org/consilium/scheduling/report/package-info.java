/** How long things took, who is kept waiting and who is never reached: figures, plots, CSV. */
package org.consilium.scheduling.report;
