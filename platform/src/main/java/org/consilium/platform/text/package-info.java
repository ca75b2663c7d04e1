/** Short messages to people's telephones, and whose telephone is whose. */
package org.consilium.platform.text;
