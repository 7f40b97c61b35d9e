<?php
// Imports a WXR file by WordPress's own functions, in the order and with the arguments of the official importer
// (github.com/WordPress/wordpress-importer, class-wp-import.php), but without downloads: `php import.php FOLDER FILE`.
// Prints the posts as JSON: slug, status, permalink.

function fail(string $message): never {
    fwrite(STDERR, $message . "\n");
    exit(1);
}

require $argv[1] . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/admin.php';
wp_set_current_user(1);
flush_rewrite_rules();

$file = simplexml_load_file($argv[2], null, LIBXML_NOCDATA) or fail('not XML');
$namespaces = $file->getDocNamespaces();
$channel = $file->channel;
$authors = [];
foreach ($channel->children($namespaces['wp'])->author as $author) {
    $login = sanitize_user((string) $author->author_login, true);
    $id = wp_insert_user([
        'user_login' => $login, 'user_pass' => wp_generate_password(), 'display_name' => (string) $author->author_display_name,
    ]);
    is_wp_error($id) and fail("$login: " . $id->get_error_message());
    $authors[(string) $author->author_login] = $id;
}
foreach ($channel->children($namespaces['wp'])->category as $category) {
    wp_insert_category(wp_slash([
        'cat_name' => (string) $category->cat_name, 'category_nicename' => (string) $category->category_nicename,
    ]));
}
foreach ($channel->children($namespaces['wp'])->tag as $tag) {
    wp_insert_term(wp_slash((string) $tag->tag_name), 'post_tag', ['slug' => (string) $tag->tag_slug]);
}
$posts = [];
foreach ($channel->item as $item) {
    $wp = $item->children($namespaces['wp']);
    if ((string) $wp->post_type !== 'post') {
        continue;
    }
    $creator = (string) $item->children($namespaces['dc'])->creator;
    $id = wp_insert_post(wp_slash([
        'import_id' => (int) $wp->post_id,
        'post_author' => $authors[$creator] ?? 1,
        'post_date' => (string) $wp->post_date,
        'post_date_gmt' => (string) $wp->post_date_gmt,
        'post_content' => (string) $item->children($namespaces['content'])->encoded,
        'post_excerpt' => (string) $item->children($namespaces['excerpt'])->encoded,
        'post_title' => (string) $item->title,
        'post_status' => (string) $wp->status,
        'post_name' => (string) $wp->post_name,
        'comment_status' => (string) $wp->comment_status,
        'post_type' => 'post',
    ]), true);
    is_wp_error($id) and fail($wp->post_name . ': ' . $id->get_error_message());
    foreach ($item->category as $term) {
        $found = get_term_by('slug', (string) $term['nicename'], (string) $term['domain']) or fail("no term {$term['nicename']}");
        wp_set_object_terms($id, [$found->term_id], (string) $term['domain'], true);
    }
    foreach ($wp->postmeta as $meta) {
        add_post_meta($id, wp_slash((string) $meta->meta_key), wp_slash((string) $meta->meta_value));
    }
    if ((string) $wp->is_sticky === '1') {
        stick_post($id);
    }
    $post = get_post($id);
    $posts[] = ['slug' => $post->post_name, 'status' => $post->post_status, 'url' => get_permalink($id)];
}
echo json_encode($posts);
