/** Follow-up that closes by itself: when the clinic is asked, how often, and how it answers. */
package org.consilium.records.followup.loop;
