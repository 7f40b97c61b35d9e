<?php
// Imports a WXR file by WordPress's own functions: `php import.php FOLDER FILE`.
// It does in its own words what the official importer does (github.com/WordPress/wordpress-importer,
// class-wp-import.php), which is in no package registry: items in the order of the file, those known by title and date
// skipped, URLs of images replaced in all posts at the end. Images are not downloaded but drawn.
// Prints as JSON: of each post the slug, the status, the permalink and whether it is new; the new URL of each image.

function fail(string $message): never {
    fwrite(STDERR, $message . "\n");
    exit(1);
}

require $argv[1] . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/admin.php';
wp_set_current_user(1);
flush_rewrite_rules();

// Returns a JPEG of one of three shapes, all wider or higher than a column of text.
function drawn(int $number): array {
    static $made = [];
    [$width, $height] = [[2400, 1200], [1600, 1067], [1400, 1900]][$number % 3];
    if (!isset($made[$width])) {
        $image = imagecreatetruecolor($width, $height);
        imagefill($image, 0, 0, imagecolorallocate($image, 60 + $width % 150, 110, 90 + $height % 120));
        ob_start();
        imagejpeg($image, null, 30);
        $made[$width] = ob_get_clean();
    }
    return [$made[$width], $width, $height];
}

function import_image(SimpleXMLElement $item, array $fields, int $number): array {
    $url = (string) $item->attachment_url;
    $month = '';
    foreach ($item->postmeta as $meta) {
        if ((string) $meta->meta_key === '_wp_attached_file') {
            $month = substr((string) $meta->meta_value, 0, 7);
        }
    }
    $uploads = wp_upload_dir($month ?: null);
    $name = wp_unique_filename($uploads['path'], basename((string) parse_url($url, PHP_URL_PATH)) . '.jpg');
    [$data, $width, $height] = drawn($number);
    file_put_contents("{$uploads['path']}/$name", $data);
    $id = wp_insert_attachment(wp_slash(['post_mime_type' => 'image/jpeg'] + $fields), "{$uploads['path']}/$name", 0, true);
    is_wp_error($id) and fail("$url: " . $id->get_error_message());
    wp_update_attachment_metadata($id, [
        'width' => $width, 'height' => $height, 'file' => _wp_relative_upload_path("{$uploads['path']}/$name"), 'sizes' => [],
    ]);
    return [$id, $url, "{$uploads['url']}/$name"];
}

function import_comments(int $post, SimpleXMLElement $comments): void {
    $ids = [];
    foreach ($comments as $comment) {
        $ids[(int) $comment->comment_id] = wp_insert_comment(wp_slash([
            'comment_post_ID' => $post, 'comment_author' => (string) $comment->comment_author,
            'comment_date' => (string) $comment->comment_date, 'comment_date_gmt' => (string) $comment->comment_date_gmt,
            'comment_content' => (string) $comment->comment_content,
            'comment_approved' => (string) $comment->comment_approved,
            'comment_parent' => $ids[(int) $comment->comment_parent] ?? 0,
        ]));
    }
}

$file = simplexml_load_file($argv[2], null, LIBXML_NOCDATA) or fail('not XML');
$namespaces = $file->getDocNamespaces();
$channel = $file->channel;
$authors = [];
foreach ($channel->children($namespaces['wp'])->author as $author) {
    $login = sanitize_user((string) $author->author_login, true);
    $known = get_user_by('login', $login);
    $id = $known ? $known->ID : wp_insert_user([
        'user_login' => $login, 'user_pass' => wp_generate_password(), 'display_name' => (string) $author->author_display_name,
    ]);
    is_wp_error($id) and fail("$login: " . $id->get_error_message());
    $authors[(string) $author->author_login] = $id;
}
foreach ($channel->children($namespaces['wp'])->category as $category) {
    if (!term_exists((string) $category->category_nicename, 'category')) {
        wp_insert_category(wp_slash([
            'cat_name' => (string) $category->cat_name, 'category_nicename' => (string) $category->category_nicename,
        ]));
    }
}
foreach ($channel->children($namespaces['wp'])->tag as $tag) {
    if (!term_exists((string) $tag->tag_slug, 'post_tag')) {
        wp_insert_term(wp_slash((string) $tag->tag_name), 'post_tag', ['slug' => (string) $tag->tag_slug]);
    }
}
$posts = $ids = $urls = $parents = $covers = [];
foreach ($channel->item as $number => $item) {
    $wp = $item->children($namespaces['wp']);
    $known = post_exists((string) $item->title, '', (string) $wp->post_date);
    $is_new = !$known || get_post_type($known) !== (string) $wp->post_type;
    $creator = (string) $item->children($namespaces['dc'])->creator;
    $fields = [
        'import_id' => (int) $wp->post_id,
        'guid' => (string) $item->guid,
        'post_author' => $authors[$creator] ?? 1,
        'post_date' => (string) $wp->post_date,
        'post_date_gmt' => (string) $wp->post_date_gmt,
        'post_content' => (string) $item->children($namespaces['content'])->encoded,
        'post_excerpt' => (string) $item->children($namespaces['excerpt'])->encoded,
        'post_title' => (string) $item->title,
        'post_status' => (string) $wp->status,
        'post_name' => (string) $wp->post_name,
        'comment_status' => (string) $wp->comment_status,
        'post_type' => (string) $wp->post_type,
    ];
    if ((string) $wp->post_type === 'attachment') {
        if ($is_new) {
            [$id, $from, $to] = import_image($wp, $fields, (int) $wp->post_id);
            $urls[$from] = $to;
            $parents[$id] = (int) $wp->post_parent;
        }
    } else {
        $id = $is_new ? wp_insert_post(wp_slash($fields), true) : $known;
        is_wp_error($id) and fail($wp->post_name . ': ' . $id->get_error_message());
        if ($is_new && (string) $wp->is_sticky === '1') {
            stick_post($id);
        }
        $terms = [];
        foreach ($item->category as $term) {
            $found = get_term_by('slug', (string) $term['nicename'], (string) $term['domain']) or fail("no term {$term['nicename']}");
            $terms[(string) $term['domain']][] = $found->term_id;
        }
        foreach ($terms as $domain => $found) {
            wp_set_post_terms($id, $found, $domain);
        }
        $is_new and import_comments($id, $wp->comment);
        $post = get_post($id);
        $posts[] = ['slug' => $post->post_name, 'status' => $post->post_status, 'url' => get_permalink($id), 'new' => $is_new];
    }
    $ids[(int) $wp->post_id] = $id;
    foreach ($wp->postmeta as $meta) {
        $key = (string) $meta->meta_key;
        if ($key !== '_wp_attached_file') {
            add_post_meta($id, wp_slash($key), wp_slash((string) $meta->meta_value));
        }
        if ($key === '_thumbnail_id') {
            $covers[$id] = (int) $meta->meta_value;
        }
    }
}
foreach ($covers as $post => $image) {
    update_post_meta($post, '_thumbnail_id', $ids[$image] ?? fail("no image $image"));
}
foreach ($parents as $image => $post) {
    $wpdb->update($wpdb->posts, ['post_parent' => $ids[$post] ?? fail("no post $post")], ['ID' => $image]);
}
uksort($urls, fn($a, $b) => strlen($b) - strlen($a));
foreach ($urls as $from => $to) {
    $wpdb->query($wpdb->prepare("UPDATE $wpdb->posts SET post_content = REPLACE(post_content, %s, %s)", $from, $to));
}
echo json_encode(['posts' => $posts, 'images' => (object) $urls]);
