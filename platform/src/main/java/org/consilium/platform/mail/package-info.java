/** Letters to people who have no page open: written down with the act, sent by SMTP afterwards. */
package org.consilium.platform.mail;
