/** A program of its own that re-checks what was signed. */
package org.consilium.deploy.verify;
