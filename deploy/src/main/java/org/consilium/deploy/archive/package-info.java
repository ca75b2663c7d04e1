/** A whole organisation as one file: taken along from one server, entered into an empty one. */
package org.consilium.deploy.archive;
