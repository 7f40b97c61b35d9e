<?php
// Installs WordPress in an empty database: `php install.php FOLDER THEME PASSWORD`.
define('WP_INSTALLING', true);
require $argv[1] . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('A moved blog', 'admin', 'admin@example.com', true, '', $argv[3]);
update_option('permalink_structure', '/%year%/%monthnum%/%day%/%postname%/');
update_option('timezone_string', 'UTC');
switch_theme($argv[2]);
wp_delete_post(1, true);  // Hello world
