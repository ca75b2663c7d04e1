/** What happens to a consult that nobody takes, and when: steps as data, and the rules on them. */
package org.consilium.scheduling.ladder;
